"""What a web server loads: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`."""

from talentsvc import create_app

app = create_app()
