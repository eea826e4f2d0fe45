"""Tables that can be listened to, and numbers in large type."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError

from cms.blocks import samples


class HeadedTable(TypedTableBlock):
    """A table that says what it shows and what stands in each column."""

    def clean(self, value: TypedTable) -> TypedTable:
        """Refuse a table that somebody who only hears it would not understand."""
        cleaned: TypedTable = super().clean(value)
        if not self.is_deferred_validation and (faults := table_faults(cleaned)):
            raise TypedTableBlockValidationError(non_block_errors=[ValidationError(fault) for fault in faults])
        return cleaned


def table_faults(table: TypedTable) -> list[str]:
    """Return what a table lacks."""
    faults = []
    if not table.columns or not table.row_data:
        faults.append(gettext("The table is empty. Please add columns and rows."))
    if not (table.caption or "").strip():
        faults.append(gettext("Please say above the table what it shows."))
    if any(not (column["heading"] or "").strip() for column in table.columns):
        faults.append(gettext("Each column needs a heading."))
    if len(table.columns) > 8 or len(table.row_data) > 200:
        faults.append(gettext("A table has at most 8 columns and 200 rows. Please offer larger ones as a document."))
    return faults


class TableBlock(blocks.StructBlock):
    """A table with caption and header cells."""

    table = HeadedTable(
        [
            ("text", blocks.CharBlock(label=_("Text"), max_length=300, required=False)),
            ("number", blocks.DecimalBlock(label=_("Figure"), required=False, max_digits=16, decimal_places=4)),
        ],
        label=_("Table"),
        required=False,
    )
    first_column_heads = blocks.BooleanBlock(
        label=_("The first column names the rows"), default=True, required=False,
        help_text=_("Its cells are then read out before each number of the row."),
    )  # fmt: skip
    source = blocks.CharBlock(label=_("Source"), max_length=160, required=False)

    class Meta:
        icon, template, preview_value = "table", "cms/blocks/table.html", staticmethod(samples.table)
        label, group = _("Table"), _("Text")
        description = _("For numbers that are compared. Not for putting things side by side.")


class FigureBlock(blocks.StructBlock):
    """A number and what it counts."""

    value = blocks.CharBlock(label=_("Figure"), max_length=16, help_text=_("As people read it: 1.280 or 94 %"))
    words = blocks.CharBlock(label=_("What it counts"), max_length=80)

    class Meta:
        icon, label = "order", _("Figure")


class FiguresBlock(blocks.StructBlock):
    """Some numbers in large type, with where they are from."""

    title = blocks.CharBlock(label=_("Heading"), max_length=100, required=False)
    entries = blocks.ListBlock(FigureBlock(), label=_("Numbers"), min_num=1, max_num=6)
    source = blocks.CharBlock(label=_("Source and date"), max_length=160)

    class Meta:
        icon, template, preview_value = "order", "cms/blocks/figures.html", staticmethod(samples.figures)
        label, group = _("Numbers"), _("Text")
        description = _("One to six numbers in large type. Where they are from is always said.")
