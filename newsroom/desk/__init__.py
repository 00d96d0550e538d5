"""The editor's desk: what every admin page of the newsroom shares. It knows no model of people or articles."""
