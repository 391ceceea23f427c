using NotebookTestRunner.Checks.Contracts.Files;
using NotebookTestRunner.Checks.Contracts.Machine;
using NotebookTestRunner.Checks.Contracts.Store;

namespace NotebookTestRunner.Checks.Contracts;

/// <summary>How things were at some moment, as far as promises ask for it.</summary>
internal sealed record Snapshot(FolderPicture? Files, StoreMark? Store, MachinePicture? Machine);
