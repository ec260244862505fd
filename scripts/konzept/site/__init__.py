"""Sphinx extensions that publish the concept; each is one line in `_config.yml`."""
