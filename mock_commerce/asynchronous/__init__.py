"""Asynchronous and bulk calls: any changing route, accepted now and carried out by a consumer later."""
