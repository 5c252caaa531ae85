"""The life of orders, whoever asks for a change: placed, confirmed, edited, cancelled, shipped."""
