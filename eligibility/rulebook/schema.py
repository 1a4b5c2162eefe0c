"""The JSON Schema of rule files, for editors."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import DEFAULT_REF_TEMPLATE, DefsRef, GenerateJsonSchema, JsonRef

from eligibility.language.condition import ConditionShape
from eligibility.language.definition import DefinitionsShape
from eligibility.language.fact import TopicShape
from eligibility.language.programme import ProgrammeShape
from eligibility.language.written_amount import AMOUNT_SCHEMA
from eligibility.rulebook.rules import PapersShape
from eligibility.rulebook.tables import TableShape

_SHAPES: dict[str, type[BaseModel]] = {
    "programmes": ProgrammeShape,
    "definitions": DefinitionsShape,
    "facts": TopicShape,
    "tables": TableShape,
    "papers": PapersShape,
}
KINDS = tuple(_SHAPES)
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DATED_AMOUNT: dict[str, Any] = {
    "type": "object",
    "patternProperties": {_DAY: {"$ref": "#/$defs/Amount"}},
    "additionalProperties": False,
    "minProperties": 1,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    """Knows the schemas that annotations refer to by name, without the model being a field anywhere."""

    def __init__(self, by_alias: bool = True, ref_template: str = DEFAULT_REF_TEMPLATE, **options: Any) -> None:
        super().__init__(by_alias, ref_template, **options)
        for name, schema in _referred().items():
            self.json_to_defs_refs[JsonRef(ref_template.format(model=name))] = DefsRef(name)
            self.definitions[DefsRef(name)] = schema
            self._prioritized_defsref_choices[DefsRef(name)] = [DefsRef(name)]


def _referred() -> dict[str, Any]:
    definitions = ConditionShape.model_json_schema(by_alias=True)["$defs"]
    # A map of dates may stand for a condition or an amount; its keys are neither facts nor operations.
    condition = {**definitions["ConditionShape"], "patternProperties": {_DAY: {"$ref": "#/$defs/ConditionShape"}}}
    written: Any = AMOUNT_SCHEMA["anyOf"]
    undated = [one for one in written if "patternProperties" not in one]
    amount = {**AMOUNT_SCHEMA, "anyOf": [*undated, _DATED_AMOUNT]}
    return {**definitions, "Amount": amount, "ConditionShape": condition}


def json_schema(kind: str = "programmes") -> dict[str, Any]:
    """Return the JSON Schema of one kind of rule file.

    What an editor can check without linking; KeyError for another kind.
    """
    schema = _SHAPES[kind].model_json_schema(by_alias=True, schema_generator=_Generator)
    definitions = schema["$defs"]
    # A plain text serves all languages, which the model accepts before it looks at the map.
    definitions["Text"] = {"anyOf": [{"type": "string"}, definitions["Text"]]}
    return {"$schema": _DIALECT, **schema}
