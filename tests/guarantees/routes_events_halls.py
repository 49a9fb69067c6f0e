"""Routes of halls and booths: the permission each needs, and what it is about."""

HALL_ROUTES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("public", "public hall", ("events.public_hall", "events.public_hall_picture")),
    ("registrations.manage", "own booth", ("events.own_booth",)),
    (
        "events.read",
        "hall",
        (
            "events_desk.hall",
            "events_desk.hall_picture",
            "events_desk.print_hall",
            "events_desk.hall_workbook",
        ),
    ),
    (
        "events.edit",
        "hall",
        (
            "events_desk.save_hall",
            "events_desk.set_grid",
            "events_desk.fill_area",
            "events_desk.import_booths",
            "events_desk.copy_hall",
            "events_desk.set_picture",
            "events_desk.remove_picture",
            "events_desk.new_booth",
        ),
    ),
    ("events.edit", "booth of a hall", ("events_desk.booth", "events_desk.delete_booth")),
    (
        "booths.allocate",
        "hall",
        ("events_desk.allocation", "events_desk.swap", "events_desk.publish_hall"),
    ),
    (
        "booths.allocate",
        "company in a hall",
        ("events_desk.give_booth", "events_desk.fix_booth", "events_desk.take_back_booth"),
    ),
)
