"""The texts of the interface, one TOML file per language; page kinds keep their own beside them."""
