"""The command line: one command for each step, and `run` for all of them."""

import argparse
import datetime
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence

from pipeline.config import Config, Settings, load_config, load_settings
from pipeline.errors import ConfigurationError, PipelineError
from pipeline.logs import say, start_logging
from pipeline.metrics import Metrics
from pipeline.registry import Registry
from pipeline.steps import Run
from pipeline.steps.check import check
from pipeline.steps.evaluate import evaluate
from pipeline.steps.predict import predict
from pipeline.steps.register import promote, register
from pipeline.steps.train import train

Step = Callable[[Run], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns 0 when it did what it should, 1 when it failed and may be tried
    again, 2 for wrong usage, 3 when data and 4 when a model was refused, 78 for
    wrong configuration.
    """
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings(os.environ)
        config = load_config(settings.config_file)
    except ConfigurationError as error:
        start_logging("error")
        say("the configuration is wrong", logging.ERROR, error=str(error))
        return error.exit_code
    start_logging(settings.log_level, pipeline=config.name, run_id=settings.run_id)
    if options.command == "versions":
        return _list(Registry.at(settings.registry_url, config.name))
    for name, step in _steps(options, settings):
        code = _carry_out(name, step, settings, config)
        if code:
            return code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipeline")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=about)

    def with_date(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
        about = "day to predict; RUN_DATE or today (UTC) unless given"
        command.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help=about)
        return command

    command("check", "check the data: schema and drift")
    command("train", "train a model on data that was checked")
    command("evaluate", "compare the model with thresholds, baseline and production")
    command("register", "register the model that passed its evaluation")
    moved = command("promote", "point `production` at a version")
    moved.add_argument("version", nargs="?", help="left out, the one just registered")
    one = with_date(command("predict", "predict the orders of a day"))
    one.add_argument("--version", help="left out, the production model")
    every = with_date(command("run", "all steps in order; stops at the first that refuses"))
    every.add_argument("--promote", action="store_true", help="promote what was registered")
    command("versions", "list the registered versions")
    return parser


def _date(text: str) -> datetime.date | None:
    # A workflow passes an empty parameter where nobody chose a day.
    return datetime.date.fromisoformat(text) if text else None


def _steps(options: argparse.Namespace, settings: Settings) -> list[tuple[str, Step]]:
    def predict_day(run: Run) -> None:
        today = datetime.datetime.now(datetime.UTC).date()
        date = options.date or settings.run_date or today
        predict(run, date, getattr(options, "version", None))

    def promote_version(run: Run) -> None:
        promote(run, getattr(options, "version", None))

    known: dict[str, Step] = {
        "check": check,
        "train": train,
        "evaluate": evaluate,
        "register": register,
        "promote": promote_version,
        "predict": predict_day,
    }
    if options.command != "run":
        return [(options.command, known[options.command])]
    return [(name, step) for name, step in known.items() if name != "promote" or options.promote]


def _carry_out(name: str, step: Step, settings: Settings, config: Config) -> int:
    metrics = Metrics(config.name, name)
    begun = time.monotonic()
    code = 0
    try:
        step(Run(settings, config, metrics))
    except PipelineError as error:
        code = error.exit_code
        say("the step failed", logging.ERROR, step=name, error=str(error), exit_code=code)
    except Exception:
        code = 1
        logging.getLogger("pipeline").exception("the step failed", extra={"fields": {"step": name}})
    seconds = time.monotonic() - begun
    metrics.finish(succeeded=code == 0, seconds=seconds)
    metrics.publish(settings.pushgateway_url, settings.metrics_dir, succeeded=code == 0)
    if code == 0:
        say("the step is done", step=name, seconds=round(seconds, 3))
    return code


def _list(registry: Registry) -> int:
    alias = registry.alias()
    for version in sorted(map(registry.read, registry.versions()), key=lambda v: v.registered_at):
        mark = "production" if alias and alias.version == version.version else ""
        at = version.registered_at.isoformat(timespec="seconds")
        line = f"{version.version}  {at}  error {version.quality.error:g}  {mark}"
        sys.stdout.write(line.rstrip() + "\n")
    return 0
