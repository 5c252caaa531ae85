"""The command line option ``--sandbox-models``, of the mock alone and of the live world."""

from __future__ import annotations

from pathlib import Path

import click

from mock_amazon.sandbox.reading import SandboxModels, UnusableModel, read_models


def _read(_context: click.Context, _parameter: click.Parameter, folder: Path | None) -> SandboxModels | None:
    if folder is None:
        return None
    try:
        models = read_models(folder)
    except UnusableModel as error:
        raise click.BadParameter(str(error)) from None
    for note in models.notes:
        click.echo(note, err=True)
    return models


sandbox_models_option = click.option(
    "--sandbox-models",
    "sandbox",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    callback=_read,
    help="Answer Amazon's static sandbox cases, from its model files there, below /sandbox.",
)
