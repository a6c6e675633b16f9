"""What is known of medical language beside the picture: lexicons and correction rules."""
