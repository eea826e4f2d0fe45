"""Rows of a discussion."""

from django import template
from django.utils.safestring import SafeString

from ideas.queries.comment_versions import may_read_versions
from ideas.queries.discussion import Row
from theme.kept import Key, Shelf, rendered, this_year

register = template.Library()
COMMENTS = Shelf(4_000)
PART = "ideas/parts/{}.html"


@register.simple_tag(takes_context=True)
def comment_row(context: template.Context, row: Row) -> SafeString:
    """Render a comment, or the tombstone in its place."""
    return rendered(context, PART.format("comment" if row.comment else "tombstone"), row=row)


@register.simple_tag(takes_context=True)
def comment_words(context: template.Context, row: Row) -> SafeString:
    """Render who said what; what all see alike is not made again while it says the same."""
    comment = row.comment
    if comment is None:
        return SafeString()
    comment.idea = context["idea"]  # the same one, already read
    edits = bool(comment.edited_at) and may_read_versions(context["user"], comment)
    said = (comment.text, row.name, comment.office, comment.stance, comment.created_at, comment.edited_at)
    return _kept(context, "comment_words", row, (*said, edits, row.quote, row.names), shows_edits=edits)


@register.simple_tag(takes_context=True)
def comment_tools(context: template.Context, row: Row) -> SafeString:
    """Render what can be done with a comment besides rating it."""
    return _kept(context, "comment_tools", row, (row.name, bool(context.get("comments_open"))))


def _kept(context: template.Context, part: str, row: Row, key: Key, **more: object) -> SafeString:
    """Render a part, or take the one that was made from the same values. What one person sees is never kept."""
    town = context.get("town")
    if not (town and town.stamp) or row.is_own or row.notice:
        return rendered(context, PART.format(part), row=row, **more)
    key = (part, town.stamp, row.pk, context.get("comments_sort", ""), this_year(), *key)
    return COMMENTS.html(key, lambda: rendered(context, PART.format(part), row=row, **more))
