"""In how many texts each token stands: how much it tells about likeness."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("search", "0006_words_of_editors"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SearchToken",
            fields=[
                ("token", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("documents", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "token of the search",
                "verbose_name_plural": "tokens of the search",
                "db_table": "search_token",
            },
        ),
    ]
