"""The sample pages in ``resources/samples``: drawn by us, with their true text beside them.

``python -m desktop_ocr.training.samples --fonts DIR --output resources/samples`` draws them again,
byte for byte with the same fonts and library versions. Their sentences are written for these pages
and are never trained on; persons, places and numbers are invented.
"""
