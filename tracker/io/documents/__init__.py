"""Documents to text: web pages, plain text, Word and PDF files, with what they say of themselves."""
