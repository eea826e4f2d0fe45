"""Musterstadt an der Lippe: the invented town that ``seed_demo`` fills. Texts lie in ``data``, drawings in ``pictures``."""
