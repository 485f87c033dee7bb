"""From an article to candidate statements: who said what, by which cue, when."""

from tracker.io.articles.extracting import extract

__all__ = ["extract"]
