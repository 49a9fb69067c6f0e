"""What the tests look up about the invented companies."""

from tests.browser.demo_service import DemoService


def employer_of_agent(demo: DemoService) -> str:
    """The company for which the agent with a button acts."""
    found = demo.rows(
        "SELECT employer.name FROM employer JOIN employer_agent ON employer_id = employer.id"
        " JOIN account USING (person_id) WHERE demo_role = 'agent'"
    )
    return str(found[0][0])
