"""What a web server loads: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`."""

from talentsvc import create_app
from talentsvc.extensions.key_proof import confirm_at_start

app = create_app()
confirm_at_start(app)
