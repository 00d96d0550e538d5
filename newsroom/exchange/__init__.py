"""Records as tables: what is exported can be changed in a spreadsheet and imported again; unchanged, it changes nothing."""
