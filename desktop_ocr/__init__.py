"""Offline desktop OCR desk for medical pages."""

import os

__version__ = "0.1.0"

# The one thing that importing the package changes: onnxruntime (seen in 1.31) keeps a device id and
# records of each session in the user's cache folder and uploads them, unless it finds this when it
# is loaded. Nothing leaves the computer, so no room may load it earlier; tests/test_privacy.py.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
