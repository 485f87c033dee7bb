"""Statement Tracker: who said what, when, on which issue, and has their position changed?"""
