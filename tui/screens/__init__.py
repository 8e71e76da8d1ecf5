"""The screens: thin. A key becomes an ask, a view becomes lines, a widget shows them."""
