"""What a web server loads: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`."""

from talentsvc import create_app
from talentsvc.extensions.key_proof import confirm_at_start
from talentsvc.extensions.wake import prepare_waking

app = create_app()
prepare_waking(app.config["SETTINGS"].redis_url)
confirm_at_start(app)
