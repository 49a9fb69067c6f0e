"""The floor: the least a page with one form and one insert costs with the same libraries."""

from __future__ import annotations

from flask import Flask, redirect, render_template_string
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import StringField
from wtforms.validators import InputRequired

FORM = "<form method=post>{{ form.csrf_token }}{{ form.name.label }} {{ form.name }}<button>ok</button></form>"


class Base(DeclarativeBase):
    """Nothing but SQLAlchemy's own."""


class NameForm(FlaskForm):
    """One field."""

    name = StringField("name", validators=[InputRequired()])


def floor_app(url: str) -> Flask:
    """A page with one form that inserts one row, and a receipt."""
    app = Flask("floor")
    app.config.update(SECRET_KEY="floor", SQLALCHEMY_DATABASE_URI=url)
    db = SQLAlchemy(model_class=Base)
    db.init_app(app)

    class Row(db.Model):  # type: ignore[name-defined, misc]
        __tablename__ = "floor_row"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    @app.route("/", methods=["GET", "POST"])
    def form():
        answers = NameForm()
        if answers.validate_on_submit():
            row = Row(name=answers.name.data)
            db.session.add(row)
            db.session.commit()
            return redirect(f"/receipt/{row.id}")
        return render_template_string(FORM, form=answers)

    @app.get("/receipt/<int:number>")
    def receipt(number: int):
        return render_template_string("<p>{{ row.name }}</p>", row=db.get_or_404(Row, number))

    with app.app_context():
        db.create_all()
    return app
