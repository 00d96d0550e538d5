from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin app with the newsroom's own site in place of the stock one."""

    default_site = "newsroom.desk.site.DeskSite"
