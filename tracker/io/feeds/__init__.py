"""Feeds of newsrooms and ministries: RSS of every number, Atom and JSON Feed, as items with their dates as written."""
