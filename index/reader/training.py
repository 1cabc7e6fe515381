"""The training loop: passes over drawn rows, checkpoints that resume exactly, development scores on the way."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from index.errors import NutgrafError
from index.reader import Reading
from index.reader.examples import Example
from index.reader.features import Feature, batches, collate, feature
from index.reader.negatives import Mixer
from index.reader.network import SpanNetwork, freeze, span_loss
from index.reader.quantising import play_int8, rounded
from index.reader.spans import read_windows
from index.reader.windows import windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class TrainingError(NutgrafError):
    """Training that cannot go on, or a result that must not replace a better one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run depends on, besides its data and the machine's arithmetic."""

    epochs: float = 3
    seed: int = 1
    rate: float = 2e-4
    """Peak learning rate, reached after `warmup` of all steps; from there it falls linearly to 0."""
    warmup: float = 0.06
    tokens: int = 4096
    """Tokens of a batch, padding included."""
    decay: float = 0.01
    clip: float = 1.0
    together: int = 1
    """Passages of one question normalised together: its own and others found for it."""
    questions: int | None = None
    """Questions taken in one pass; None for all."""
    frozen: int = 0
    """Lowest layers of the encoder that stay as they are."""


def rate_at(settings: Settings, progress: float) -> float:
    """The learning rate after `progress` (0 to 1) of all steps."""
    if progress < settings.warmup:
        return settings.rate * progress / settings.warmup
    return settings.rate * max(0.0, (1 - progress) / (1 - settings.warmup))


def precision(device: torch.device) -> torch.dtype:
    """bfloat16 where the processor computes in it, else float32."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    supported = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return torch.bfloat16 if supported() else torch.float32


class TorchReader:
    """A network in training, read with as the shipped reader is: one window after the other, without padding."""

    def __init__(self, network: SpanNetwork, tokenizer: Tokenizer, name: str = "in training") -> None:
        self.network, self.tokenizer, self.name = network, tokenizer, name

    @torch.inference_mode()
    def read(
        self,
        question: str,
        passages: Sequence[str],
        titles: Sequence[str] = (),
        ledes: Sequence[str] = (),
        *,
        spans: int = 5,
    ) -> list[list[Reading]]:
        """See `index.reader.Reader`."""
        device = next(self.network.parameters()).device
        found, none = [], [""] * len(passages)
        for passage, title, lede in zip(passages, titles or none, ledes or none, strict=True):
            parts = list(windows(self.tokenizer, question, passage, title, lede))
            marks = []
            for part in parts:
                ids, types = torch.tensor([part.ids], device=device), torch.tensor([part.types], device=device)
                marks.append(self.network(ids, types, torch.ones_like(ids))[0].float().cpu().numpy())
            found.append(read_windows(passage, parts, marks, spans))
        return found


class Run:
    """One training run. Weights are kept in float32 (`weights`) and computed with in `precision`, rounded as in the
    exported file.

    `play_int8` stays with `network`: what is scored on the way is near to what the exported file will score.
    """

    def __init__(
        self, network: SpanNetwork, tokenizer: Tokenizer, mixer: Mixer, settings: Settings, device: torch.device
    ) -> None:
        self.tokenizer, self.mixer, self.settings, self.device = tokenizer, mixer, settings, device
        freeze(network, settings.frozen)
        torch.manual_seed(settings.seed)
        parameters = {n: value for n, value in network.named_parameters() if not n.endswith("word_embeddings.weight")}
        self.weights = {
            name: value.detach().float().to(device).clone().requires_grad_(value.requires_grad)
            for name, value in parameters.items()
        }
        self.network = network.to(device=device, dtype=precision(device)).train()
        self.live = {name: dict(network.named_parameters())[name] for name in self.weights}
        self._linear = {
            f"{name}.weight" for name, layer in network.named_modules() if isinstance(layer, torch.nn.Linear)
        }
        play_int8(self.network)
        self._publish(self.weights)
        self.trained = {name: weight for name, weight in self.weights.items() if weight.requires_grad}
        self.optimizer = torch.optim.AdamW(self.trained.values(), lr=0.0, weight_decay=settings.decay, fused=True)
        self.epoch = self.step = 0
        self._rows: tuple[int, list[list[Sequence[Feature]]]] | None = None
        self._fingerprint = _fingerprint(mixer.examples)

    @property
    def finished(self) -> bool:
        """Whether every pass has been made."""
        return self.epoch >= self.settings.epochs

    def rows(self) -> list[list[Sequence[Feature]]]:
        """The batches of the present pass: they follow from the seed and the pass's number alone."""
        if self._rows is None or self._rows[0] != self.epoch:
            draw = random.Random(f"{self.settings.seed}/{self.epoch}/windows")
            together, questions = self.settings.together, self.settings.questions
            drawn = self.mixer.epoch(self.settings.seed, self.epoch, together, questions)
            made = [[feature(self.tokenizer, row, draw) for row in group] for group in drawn]
            self._rows = (self.epoch, batches(made, self.settings.tokens, draw))
        return self._rows[1]

    def advance(self) -> tuple[float, int]:
        """One step. Returns the loss and the tokens it was measured on."""
        rows = self.rows()
        batch = collate(rows[self.step]).to(self.device)
        progress = (self.epoch + self.step / len(rows)) / self.settings.epochs
        for group in self.optimizer.param_groups:
            group["lr"] = rate_at(self.settings, progress)
        logits = self.network(batch.ids, batch.types, batch.mask)
        loss = span_loss(logits, batch.allowed, batch.targets)
        if self.settings.together > 1:  # a passage alone must still tell whether it holds the answer
            loss = (loss + span_loss(logits, batch.allowed, batch.targets, batch.groups)) / 2
        loss.backward()  # type: ignore[no-untyped-call]
        for name, weight in self.trained.items():
            live = self.live[name]
            weight.grad = None if live.grad is None else live.grad.float()
            live.grad = None
        torch.nn.utils.clip_grad_norm_(self.trained.values(), self.settings.clip)
        self.optimizer.step()
        self._publish(self.trained)
        self.step += 1
        if self.step == len(rows):
            self.epoch, self.step = self.epoch + 1, 0
        return float(loss.detach()), int(batch.mask.sum())

    @torch.no_grad()
    def _publish(self, names: Iterable[str]) -> None:
        for name in names:
            weight = self.weights[name]
            self.live[name].copy_(rounded(weight) if name in self._linear else weight)

    def save(self, path: Path) -> None:
        """Write everything the run needs to go on as if it had never stopped. The file is whole or the old one."""
        state: dict[str, Any] = {
            "settings": asdict(self.settings),
            "data": self._fingerprint,
            "sampler": {"epoch": self.epoch, "step": self.step},
            "weights": {name: weight.detach().cpu() for name, weight in self.weights.items()},
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
        }
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(path)

    def resume(self, path: Path) -> None:
        """Continue from a checkpoint; raises `TrainingError` if it is missing or belongs to other data or settings.

        Only the number of passes may be another one: the learning rate then follows the new schedule from here on.
        """
        try:
            state = torch.load(path, map_location=self.device, weights_only=True)
        except (OSError, RuntimeError) as error:
            raise TrainingError(
                f"There is no usable checkpoint at {path}: leave --resume out to begin anew."
            ) from error
        settings = asdict(self.settings) | {"epochs": state["settings"]["epochs"]}
        if state["data"] != self._fingerprint or state["settings"] != settings:
            raise TrainingError(f"{path} was begun with other data or settings: give the same, or another --out.")
        with torch.no_grad():
            for name, weight in self.weights.items():
                weight.copy_(state["weights"][name])
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        self.epoch, self.step = state["sampler"]["epoch"], state["sampler"]["step"]
        self._publish(self.weights)


def train(
    run: Run,
    checkpoint: Path,
    *,
    stop: Callable[[], bool],
    develop: Callable[[], str],
    say: Callable[[str], None],
    save_every: float = 600.0,
) -> None:
    """Advance until the run is finished or `stop()`; save and score every `save_every` seconds, and at the end."""
    saved = said = time.monotonic()
    losses: list[float] = []
    tokens = 0
    while not run.finished and not stop():
        loss, count = run.advance()
        losses.append(loss)
        tokens += count
        now = time.monotonic()
        if now - said > 30:
            done = (run.epoch + run.step / len(run.rows())) / run.settings.epochs if not run.finished else 1.0
            mean = sum(losses) / len(losses)
            say(
                f"{done:6.1%}  pass {run.epoch + 1} step {run.step}  loss {mean:.3f}  {tokens / (now - said):,.0f} tokens/s"
            )
            losses, tokens, said = [], 0, now
        if now - saved > save_every:
            run.save(checkpoint)
            say(develop())
            saved = said = time.monotonic()
            tokens = 0
    run.save(checkpoint)


def _fingerprint(examples: Sequence[Example]) -> str:
    digest = hashlib.sha256()
    for row in examples:
        digest.update(repr((row.question, row.context, row.answers)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
