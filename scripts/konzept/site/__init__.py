"""Sphinx extensions that publish the concept; `konzept.extension` loads them in their order."""
