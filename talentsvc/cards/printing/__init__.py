"""The card on paper: which fonts there are, whether they hold every character, the code and the PDF.

Knows no database and no request: everything it prints is handed over as plain values.
"""
