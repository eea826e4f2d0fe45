"""Assistance: marks that say why a case deserves a second look. They explain themselves and decide nothing."""

from moderation.assistance.marks import Mark, keep, marks_for, text_of

__all__ = ["Mark", "keep", "marks_for", "text_of"]
