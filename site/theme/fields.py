"""One look for every form field: label, hint, control, error, counter – wired for screen readers."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
SHORT = 22  # choices up to this length stand beside each other
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "check"),
    (forms.ClearableFileInput, "file"),
    (forms.FileInput, "file"),
    (forms.Textarea, "text"),
    (forms.Select, "select"),
)
CLASSES = {
    "text": "kern-form-input__input",
    "file": "mw-file",
    "select": "kern-form-input__select",
    "check": "kern-form-check__checkbox",
    "choices": "",
}


@dataclass(frozen=True)
class Option:
    """One radio button or check box of a group."""

    id: str
    name: str
    value: str
    label: str
    checked: bool
    kind: str


def kind_of(bound: BoundField) -> str:
    """Return which template a field takes: text, select, check, choices or file."""
    widget = bound.field.widget
    if isinstance(widget, CHOICES):
        return "choices"
    return next((kind for made, kind in KINDS if isinstance(widget, made)), "text")


def described_by(bound: BoundField, hint: str, counter: int) -> str:
    """Return the ids of everything that explains the field."""
    parts = [(bool(bound.errors), "error"), (bool(hint), "hint"), (bool(counter), "counter")]
    return " ".join(f"{bound.auto_id}_{name}" for wanted, name in parts if wanted)


def control(bound: BoundField, kind: str, hint: str, counter: int, extra: dict[str, str]) -> SafeString:
    """Return the control itself with its classes and ARIA attributes."""
    own = bound.field.widget.attrs
    css = [CLASSES[kind], str(own.get("class", ""))]
    if bound.errors and CLASSES[kind]:
        css.append(f"{CLASSES[kind]}--error")
    attrs: dict[str, str | bool] = {**extra, "class": " ".join(filter(None, css))}
    described = described_by(bound, hint, counter)
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if kind == "file" and "data-preview" not in own:
        attrs["data-preview"] = f"{bound.auto_id}_preview"
    return bound.as_widget(attrs=attrs)


def options(bound: BoundField) -> list[Option]:
    """Return the choices of a group, grouped choices flattened."""
    widget = bound.field.widget
    found = widget.subwidgets(bound.html_name, bound.value(), attrs={"id": bound.auto_id})
    kind = "checkbox" if isinstance(widget, forms.CheckboxSelectMultiple) else "radio"
    return [
        Option(
            id=str(one["attrs"].get("id", "")),
            name=str(one["name"]),
            value=str(one["value"]),
            label=str(one["label"]),
            checked=bool(one["selected"]),
            kind=kind,
        )
        for one in found
    ]


def field_context(
    bound: BoundField, *, counter: int = 0, hint: str = "", label: str = "", extra: dict[str, str]
) -> dict[str, object]:
    """Return what ``theme/parts/field.html`` needs."""
    kind, words = kind_of(bound), str(hint or bound.help_text)
    value = bound.value()
    choices = options(bound) if kind == "choices" else []
    return {
        "bound": bound,
        "kind": kind,
        "hint": words,
        "label": label or bound.label,
        "counter": counter,
        "used": len(value) if counter and isinstance(value, str) else 0,
        "options": choices,
        "control": "" if kind == "choices" else control(bound, kind, words, counter, extra),
        "described": described_by(bound, words, counter),
        "in_a_row": all(len(option.label) <= SHORT for option in choices),
        "optional": not bound.field.required and kind not in {"check"},
    }
