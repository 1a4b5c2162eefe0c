"""Reports: an assessment, programmes and facts as data, text, Markdown and HTML. Pure: no file, clock or terminal."""
