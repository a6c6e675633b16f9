"""Whole pages with their truth: drawn papers of a hospital as phones photograph them.

``python -m desktop_ocr.training.pages --data DATA --output DIR --pages N --seed S`` draws them; the
same seed with the same faces and texts gives the same pages, whatever the number of processes.
Persons, numbers and findings are invented. Seeds from ``held_out.FIRST_SEED`` on are for measuring.
"""
