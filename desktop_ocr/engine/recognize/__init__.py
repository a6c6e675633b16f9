"""Lines of pixels to text: charset, network, CTC decoding, reading."""
