"""The Amazon sales channel: brings Amazon orders into Commerce and shipments back.

It talks HTTP to two base URLs and does not know whether they are real.
"""
