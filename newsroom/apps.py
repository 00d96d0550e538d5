from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        # Registers the system checks.
        from newsroom import checks  # noqa: F401
