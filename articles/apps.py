from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles and claims")

    def ready(self) -> None:
        from articles.roles import make_groups

        # articles is the last app with models: when its turn comes, every permission exists.
        post_migrate.connect(make_groups, sender=self)
