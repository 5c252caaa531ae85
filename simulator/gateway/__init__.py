"""The gateway: clients that cannot be told another address believe that they talk to Amazon over TLS."""
