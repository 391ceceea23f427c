"""The peer of EpochTimes.cs: the same network, data and optimizer in PyTorch, one epoch per line read from standard input.

Each line is "adam" or "adagrad", followed by 1 to shuffle the rows or 0 to leave them in order. Each answer is one line of JSON.
The loop is the fastest plain one that we know: rows by index_select, losses and hits summed without leaving torch, and of PyTorch's
ways to update the one that is fastest here. The starting weights come from the file named on the command line, so that both sides begin
alike.
"""
import gzip
import json
import sys
import time

import torch
from torch import nn

BATCH, TRAINING, EVALUATION = 32, 54000, 1024
torch.set_num_threads(1)
folder, weights = sys.argv[1:]


def idx(name, header):
    with gzip.open(f"{folder}/{name}.gz") as file:
        return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)


images = idx("train-images-idx3-ubyte", 16).reshape(-1, 784).float() / 255
labels = idx("train-labels-idx1-ubyte", 8).long()
training = images[:TRAINING], labels[:TRAINING]
validation = images[TRAINING:], labels[TRAINING:]
with open(weights, "rb") as file:
    start = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)


def network():
    net = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))
    nn.utils.vector_to_parameters(start.clone(), net.parameters())
    return net


OPTIMIZERS = {
    "adam": lambda parameters, **how: torch.optim.Adam(parameters, lr=0.001, eps=1e-7, **how),
    "adagrad": lambda parameters, **how: torch.optim.Adagrad(parameters, lr=0.001, initial_accumulator_value=0.1, eps=1e-7, **how),
}


def fastest(name):
    """How this PyTorch updates fastest on this machine: each way that it knows trains a little, in turns."""
    trials = []
    for how in ({"foreach": False}, {"foreach": True}, {"fused": True}):
        net = network()
        try:
            trials.append(([], how, net, OPTIMIZERS[name](list(net.parameters()), **how)))
        except (RuntimeError, TypeError):
            pass  # Before PyTorch 2.4 the processor has no fused update.
    for _ in range(5):
        for times, _, net, optimizer in trials:
            began = time.perf_counter()
            epoch(net, optimizer, torch.arange(200 * BATCH))
            times.append(time.perf_counter() - began)
    return min(trials, key=lambda trial: min(trial[0]))[1]


def epoch(net, optimizer, order):
    rows, classes = training
    loss_sum, hits = torch.zeros(()), torch.zeros((), dtype=torch.long)
    net.train()
    for batch in order.split(BATCH):
        x, y = rows.index_select(0, batch), classes.index_select(0, batch)
        logits = net(x)
        loss = nn.functional.cross_entropy(logits, y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        loss_sum += loss.detach() * len(batch)
        hits += (logits.argmax(1) == y).sum()
    return loss_sum.item() / len(order), hits.item() / len(order)


def measure(net):
    loss_sum, hits, (rows, classes) = 0.0, 0, validation
    net.eval()
    with torch.no_grad():
        for x, y in zip(rows.split(EVALUATION), classes.split(EVALUATION)):
            logits = net(x)
            loss_sum += nn.functional.cross_entropy(logits, y).item() * len(y)
            hits += (logits.argmax(1) == y).sum().item()
    return loss_sum / len(classes), hits / len(classes)


def blas():
    with open("/proc/self/maps") as maps:
        text = maps.read()
    return next((name for name in ("openblas", "mkl", "blis", "libblas") if name in text), "unknown")


def main():
    nets = {}
    print(json.dumps({"torch": torch.__version__, "blas": blas()}), flush=True)
    for line in sys.stdin:
        name, shuffle = line.split()
        if name not in nets:
            net = network()
            nets[name] = net, OPTIMIZERS[name](list(net.parameters()), **fastest(name))
        net, optimizer = nets[name]
        began = time.perf_counter()
        loss, accuracy = epoch(net, optimizer, torch.randperm(TRAINING) if shuffle == "1" else torch.arange(TRAINING))
        validation_loss, validation_accuracy = measure(net)
        seconds = time.perf_counter() - began
        print(json.dumps({
            "seconds": seconds, "loss": loss, "accuracy": accuracy,
            "validation_loss": validation_loss, "validation_accuracy": validation_accuracy}), flush=True)


main()
