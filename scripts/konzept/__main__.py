"""`python -m konzept` is the same as the command `konzept`."""

from konzept.cli import main

if __name__ == "__main__":
    main()
