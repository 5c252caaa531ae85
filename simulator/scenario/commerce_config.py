"""The switches of Commerce, as scenarios write them."""

from __future__ import annotations

import re

from mock_commerce.config.methods import CARRIERS, PAYMENT_TITLES
from mock_commerce.config.quirks import PROFILES, QUIRKS
from mock_commerce.config.settings import RATES
from simulator.scenario.shapes import ListOf, Named, Shape
from simulator.scenario.values import Text, Whole, Word

COMMERCE_CONFIG = Shape(
    may={
        "version": Text("|".join(map(re.escape, PROFILES)), f"a version in quotes: {', '.join(PROFILES)}"),
        "module": Word(("enabled", "disabled"), about="The channel's half inside Commerce."),
        "quirks": Named(Word(("on", "off")), Word(tuple(QUIRKS))),
        "currencies": ListOf(Word(tuple(RATES)), least=1),
        "cron": Word(("running", "stopped"), about="Commerce's own cron: what the shop does by itself."),
        "payment_methods": ListOf(Word(tuple(PAYMENT_TITLES)), about="Those that buyers may choose."),
        "shipping_methods": ListOf(Word(CARRIERS), about="The carriers that are active."),
        "timezone": Text(about="Where the shop is, such as America/New_York: the Admin shows its times."),
        "price_scope": Word(("global", "website"), about="Whether each website may have its own prices."),
        "two_factor": Word(
            ("off", "on", "unconfigured"), about="Whether administrators need a second factor."
        ),
        "guest_reads": Word(("off", "on"), about="Whether the catalogue is read without a token."),
        "oauth_timestamps": Word(("checked", "any"), about="Whether old signatures are refused."),
        "mode": Word(("developer", "production"), about="Developers are told what masked errors hide."),
        "async_grid": Word(("off", "on"), about="Whether new orders reach the grid by cron only."),
        "input_limits": Word(("off", "on"), about="Whether long lists in bodies are refused."),
        **dict.fromkeys(
            ("input_list_limit", "async_input_list_limit", "page_size_limit", "default_page_size"),
            Whole(1, 10**9),
        ),
        **dict.fromkeys(
            ("admin_token_minutes", "customer_token_minutes"),
            Whole(1, 10**6, about="How long a token holds."),
        ),
    },
    about="Switches of Commerce.",
)
