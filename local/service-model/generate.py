"""Writes the compact service models and their TypeScript types from botocore's published models.

Run it with a Python that has botocore: python local/service-model/generate.py [folder to write to]
Without a folder it writes to generated/ beside this file. The same botocore always gives the same bytes.
"""

import json
import pathlib
import sys

import botocore
from botocore.loaders import Loader

SERVICES = ("ivs", "ivschat")
NOTICE = (
    "Derived from the service models of botocore, Copyright Amazon.com, Inc. or its affiliates, "
    "licensed under the Apache License 2.0. Reduced to a compact form and corrected where it says so."
)
RULES = ("min", "max", "pattern", "enum", "sensitive")

# Where the published model contradicts the service's documentation, with the reason.
CORRECTIONS = {
    "ivs": {
        "ResourceArn": (
            {"pattern": "arn:aws:ivs:[a-z0-9-]+:[0-9]+:[a-z-]+/[a-zA-Z0-9-]+"},
            "the published pattern allows a single letter as resource type, which no ARN has",
        ),
        "TranscodePreset": (
            {"enum": ["", "HIGHER_BANDWIDTH_DELIVERY", "CONSTRAINED_BANDWIDTH_DELIVERY"]},
            "documented: preset is the empty string for BASIC and STANDARD channels",
        ),
    },
    "ivschat": {
        "ResourceArn": (
            {"pattern": "arn:aws:ivschat:[a-z0-9-]+:[0-9]+:[a-z-]+/[a-zA-Z0-9-]+"},
            "the published pattern allows a single letter as resource type, which no ARN has",
        ),
    },
}


def compact_member(name, member):
    place = {"uri": "uri", "querystring": "query"}.get(member.get("location"))
    if place is None:
        return member["shape"]
    return {"shape": member["shape"], "in": place, "name": member.get("locationName", name)}


def compact_shape(shape):
    out = {"type": shape["type"]}
    if shape["type"] == "structure":
        if shape.get("required"):
            out["required"] = shape["required"]
        # Response headers for browsers are no part of an answer's meaning.
        out["members"] = {
            name: compact_member(name, member)
            for name, member in shape["members"].items()
            if member.get("location") != "header"
        }
    for part in ("member", "key", "value"):
        if part in shape:
            out[part] = shape[part]["shape"]
    out.update({rule: shape[rule] for rule in RULES if rule in shape})
    if "error" in shape:
        out["status"] = shape["error"]["httpStatusCode"]
    return out


def compact_operation(operation):
    out = {
        "method": operation["http"]["method"],
        "path": operation["http"]["requestUri"],
        "status": operation["http"].get("responseCode", 200),
        "input": operation["input"]["shape"],
    }
    if "output" in operation:
        out["output"] = operation["output"]["shape"]
    out["errors"] = [error["shape"] for error in operation.get("errors", [])]
    return out


def compact(service):
    loader = Loader()
    version = loader.determine_latest_version(service, "service-2")
    model = loader.load_service_model(service, "service-2", version)
    shapes = {name: compact_shape(shape) for name, shape in sorted(model["shapes"].items())}
    corrections = {}
    for name, (changes, reason) in CORRECTIONS[service].items():
        shapes[name].update(changes)
        corrections[name] = reason
    return {
        "source": f"botocore {botocore.__version__}, botocore/data/{service}/{version}/service-2.json",
        "notice": NOTICE,
        "corrections": corrections,
        "service": service,
        "apiVersion": version,
        "operations": {name: compact_operation(one) for name, one in sorted(model["operations"].items())},
        "shapes": shapes,
    }


def as_json(model):
    """One line for each operation and shape, so that a change of the model reads well in a diff."""

    def one_line(value):
        return json.dumps(value, ensure_ascii=False)

    def section(value):
        if not isinstance(value, dict):
            return one_line(value)
        lines = [f"    {one_line(name)}: {one_line(entry)}" for name, entry in value.items()]
        return "{\n" + ",\n".join(lines) + "\n  }"

    return "{\n" + ",\n".join(f"  {one_line(key)}: {section(value)}" for key, value in model.items()) + "\n}\n"


PRIMITIVES = {"string": "string", "timestamp": "string", "integer": "number", "long": "number", "boolean": "boolean"}


def reference(model, name):
    shape = model["shapes"][name]
    named = shape["type"] not in PRIMITIVES or "enum" in shape
    return f'Shapes["{name}"]' if named else PRIMITIVES[shape["type"]]


def type_of(model, shape):
    if shape["type"] == "structure":
        members = []
        for name, member in shape["members"].items():
            target = member if isinstance(member, str) else member["shape"]
            optional = "" if name in shape.get("required", []) else "?"
            members.append(f"readonly {name}{optional}: {reference(model, target)}")
        return "{ " + "; ".join(members) + " }" if members else "Readonly<Record<string, never>>"
    if shape["type"] == "list":
        return f"readonly {reference(model, shape['member'])}[]"
    if shape["type"] == "map":
        return f"Readonly<Record<string, {reference(model, shape['value'])}>>"
    return " | ".join(json.dumps(value) for value in shape["enum"])


def as_types(model):
    lines = [
        f"// {model['source']}",
        f"// {model['notice']}",
        "// Written by generate.py.",
        "",
        "/** What travels in requests and answers; timestamps are ISO 8601 text. */",
        "export interface Shapes {",
    ]
    for name, shape in model["shapes"].items():
        if shape["type"] not in PRIMITIVES or "enum" in shape:
            lines.append(f"  readonly {name}: {type_of(model, shape)};")
    lines += ["}", "", "/** Every operation with its input and output. */", "export interface Operations {"]
    for name, operation in model["operations"].items():
        output = reference(model, operation["output"]) if "output" in operation else "undefined"
        lines.append(f'  readonly {name}: {{ input: {reference(model, operation["input"])}; output: {output} }};')
    return "\n".join(lines + ["}", ""])


def main():
    here = pathlib.Path(__file__).resolve().parent
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "generated"
    folder.mkdir(parents=True, exist_ok=True)
    for service in SERVICES:
        model = compact(service)
        (folder / f"{service}.json").write_text(as_json(model), encoding="utf-8")
        (folder / f"{service}.types.ts").write_text(as_types(model), encoding="utf-8")


if __name__ == "__main__":
    main()
