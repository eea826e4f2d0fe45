"""Articles get blocks for dates, news and documents."""

from typing import ClassVar

import wagtail.fields
from django.db import migrations

import cms.blocks.links


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("news", "0002_link_counts"),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="newsarticlepage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("heading", 2),
                    ("text", 3),
                    ("picture", 6),
                    ("quote", 10),
                    ("accordion", 15),
                    ("contact", 22),
                    ("call", 28),
                    ("campaign", 30),
                    ("ideas", 34),
                    ("dates", 46),
                    ("news", 49),
                    ("documents", 55),
                ],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 120}),
                    1: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [("2", "Heading"), ("3", "Smaller heading")],
                            "help_text": "A smaller heading only below a heading.",
                            "label": "Size",
                        },
                    ),
                    2: ("wagtail.blocks.StructBlock", [[("text", 0), ("level", 1)]], {}),
                    3: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "document-link", "ul", "ol"],
                            "group": "Text",
                            "icon": "pilcrow",
                            "label": "Text",
                            "template": "cms/blocks/text.html",
                        },
                    ),
                    4: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                    5: ("wagtail.blocks.CharBlock", (), {"label": "Words below", "max_length": 250, "required": False}),
                    6: ("wagtail.blocks.StructBlock", [[("picture", 4), ("caption", 5)]], {}),
                    7: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"help_text": "Without quotation marks, they are added.", "label": "Quote", "max_length": 500},
                    ),
                    8: ("wagtail.blocks.CharBlock", (), {"label": "Who said it", "max_length": 100, "required": False}),
                    9: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Office or role", "max_length": 120, "required": False},
                    ),
                    10: ("wagtail.blocks.StructBlock", [[("text", 7), ("person", 8), ("role", 9)]], {}),
                    11: ("wagtail.blocks.CharBlock", (), {"label": "Question or title", "max_length": 150}),
                    12: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "link", "document-link", "ul", "ol"], "label": "Text"},
                    ),
                    13: ("wagtail.blocks.StructBlock", [[("title", 11), ("text", 12)]], {}),
                    14: ("wagtail.blocks.ListBlock", (13,), {"label": "Entries", "min_num": 1}),
                    15: ("wagtail.blocks.StructBlock", [[("entries", 14)]], {}),
                    16: ("wagtail.blocks.CharBlock", (), {"label": "Office", "max_length": 120}),
                    17: ("wagtail.blocks.CharBlock", (), {"label": "Persons", "max_length": 200, "required": False}),
                    18: (
                        "wagtail.blocks.RegexBlock",
                        ("[+\\d][\\d ()/-]{3,30}",),
                        {
                            "error_messages": {"invalid": "Please type digits, blanks and hyphens only."},
                            "label": "Telephone",
                            "required": False,
                        },
                    ),
                    19: ("wagtail.blocks.EmailBlock", (), {"label": "E-mail", "required": False}),
                    20: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Address", "max_length": 300, "required": False, "rows": 3},
                    ),
                    21: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "Opening hours", "max_length": 300, "required": False, "rows": 3},
                    ),
                    22: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("office", 16),
                                ("persons", 17),
                                ("phone", 18),
                                ("email", 19),
                                ("address", 20),
                                ("hours", 21),
                            ]
                        ],
                        {},
                    ),
                    23: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Text on the link", "max_length": 80, "required": False},
                    ),
                    24: ("wagtail.blocks.PageChooserBlock", (), {"label": "Page of this site", "required": False}),
                    25: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "For example /ideen/ or https://www.example.org",
                            "label": "or an address",
                            "max_length": 500,
                            "required": False,
                            "validators": [cms.blocks.links.check_address],
                        },
                    ),
                    26: ("wagtail.blocks.CharBlock", (), {"label": "Call", "max_length": 100}),
                    27: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "One or two sentences", "max_length": 300, "required": False, "rows": 2},
                    ),
                    28: (
                        "wagtail.blocks.StructBlock",
                        [[("text", 23), ("page", 24), ("url", 25), ("title", 26), ("words_below", 27)]],
                        {},
                    ),
                    29: ("cms.blocks.choosers.CampaignChooserBlock", (), {"label": "Campaign"}),
                    30: ("wagtail.blocks.StructBlock", [[("campaign", 29)]], {}),
                    31: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 100, "required": False}),
                    32: (
                        "cms.blocks.choosers.CampaignChooserBlock",
                        (),
                        {"label": "Only from this campaign", "required": False},
                    ),
                    33: (
                        "wagtail.blocks.IntegerBlock",
                        (),
                        {"default": 3, "label": "How many", "max_value": 12, "min_value": 1},
                    ),
                    34: ("wagtail.blocks.StructBlock", [[("title", 31), ("campaign", 32), ("count", 33)]], {}),
                    35: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "Empty: Dates", "label": "Heading", "max_length": 100, "required": False},
                    ),
                    36: ("wagtail.blocks.CharBlock", (), {"label": "What happens", "max_length": 120}),
                    37: ("wagtail.blocks.DateBlock", (), {"label": "Day"}),
                    38: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {"help_text": "Only if it takes several days.", "label": "Last day", "required": False},
                    ),
                    39: ("wagtail.blocks.TimeBlock", (), {"label": "Begins", "required": False}),
                    40: ("wagtail.blocks.TimeBlock", (), {"label": "Ends", "required": False}),
                    41: ("wagtail.blocks.CharBlock", (), {"label": "Place", "max_length": 160, "required": False}),
                    42: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"label": "One sentence", "max_length": 300, "required": False, "rows": 2},
                    ),
                    43: ("wagtail.blocks.URLBlock", (), {"label": "Web address for more", "required": False}),
                    44: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("title", 36),
                                ("day", 37),
                                ("last_day", 38),
                                ("begins", 39),
                                ("ends", 40),
                                ("place", 41),
                                ("text", 42),
                                ("url", 43),
                            ]
                        ],
                        {},
                    ),
                    45: ("wagtail.blocks.ListBlock", (44,), {"label": "Dates", "max_num": 40, "min_num": 1}),
                    46: ("wagtail.blocks.StructBlock", [[("title", 35), ("dates", 45)]], {}),
                    47: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "Empty: News", "label": "Heading", "max_length": 100, "required": False},
                    ),
                    48: (
                        "cms.blocks.choosers.CampaignChooserBlock",
                        (),
                        {
                            "help_text": "Empty on the page of a campaign: this campaign.",
                            "label": "Campaign",
                            "required": False,
                        },
                    ),
                    49: ("wagtail.blocks.StructBlock", [[("title", 47), ("campaign", 48), ("count", 33)]], {}),
                    50: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "Empty: Documents", "label": "Heading", "max_length": 100, "required": False},
                    ),
                    51: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                    52: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Empty: the document's title.",
                            "label": "Words of the link",
                            "max_length": 160,
                            "required": False,
                        },
                    ),
                    53: ("wagtail.blocks.StructBlock", [[("document", 51), ("words", 52)]], {}),
                    54: ("wagtail.blocks.ListBlock", (53,), {"label": "Documents", "max_num": 40, "min_num": 1}),
                    55: ("wagtail.blocks.StructBlock", [[("title", 50), ("documents", 54)]], {}),
                },
                verbose_name="content",
            ),
        ),
    ]
