"""The one address of the yardstick."""

from django.urls import path

from config.health import livez

urlpatterns = [path("livez", livez)]
