"""The bot: everything about Discord. It uses `index` through its public face only."""
