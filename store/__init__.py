"""The truth, in SQLAlchemy: tables, migrations, and one file of transactions per subject."""
