"""The model of a document: no Qt, no torch, no OpenCV."""
