"""Pure questions to a table of statements: an Ibis table and a selection in, a result with its n and ids out."""
