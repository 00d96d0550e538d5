import pytest

from tests.integration.desk.editor import Editor, a_user


@pytest.fixture
def editor(db: None) -> Editor:
    """A superuser at the desk, in English."""
    return Editor(a_user())
