"""The rules of the sales channel. Pure: the standard library only, no time, no network, no database."""
