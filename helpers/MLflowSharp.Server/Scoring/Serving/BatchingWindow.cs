namespace MLflowSharp.Server.Scoring.Serving;

/// <summary>Lets requests wait a moment for others, so that a model scores the rows of several at once.</summary>
/// <param name="window">How long the first waits.</param>
/// <param name="mostRows">How many rows are scored together at most.</param>
/// <param name="time">The clock.</param>
internal sealed class BatchingWindow(TimeSpan window, int mostRows, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(LoadedModel Model, string Shape), Batch> _open = [];

    /// <summary>Scores rows, together with others where that can be.</summary>
    public Task<ModelData> PredictAsync(LoadedModel model, ModelData data)
    {
        // Rows that hang together with what is beside them, named tensors and columns, are left alone.
        if (window <= TimeSpan.Zero || data.IsNamed || data.Tensor is not ModelTensor<float> { Shape.Count: > 1 } rows || rows.Shape[0] >= mostRows)
            return Task.FromResult(model.Predict(data));
        var key = (model, string.Join(',', rows.Shape.Skip(1)));
        Batch batch;
        Task<ModelData> answer;
        var isFull = false;
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out batch!) || batch.RowCount + rows.Shape[0] > mostRows)
            {
                _open[key] = batch = new Batch(model);
                _ = ScoreLaterAsync(key, batch);
            }

            answer = batch.Add(rows);
            isFull = batch.RowCount == mostRows;
        }

        if (isFull)
            Close(key, batch);
        return answer;
    }

    private async Task ScoreLaterAsync((LoadedModel, string) key, Batch batch)
    {
        await Task.Delay(window, time);
        Close(key, batch);
    }

    private void Close((LoadedModel, string) key, Batch batch)
    {
        lock (_gate)
        {
            if (_open.GetValueOrDefault(key) == batch)
                _open.Remove(key);
        }

        batch.Score();
    }

    /// <summary>Rows that are scored together.</summary>
    private sealed class Batch(LoadedModel model)
    {
        private readonly List<(ModelTensor<float> Rows, TaskCompletionSource<ModelData> Answer)> _parts = [];
        private int _isScored;

        public long RowCount { get; private set; }

        public Task<ModelData> Add(ModelTensor<float> rows)
        {
            var answer = new TaskCompletionSource<ModelData>(TaskCreationOptions.RunContinuationsAsynchronously);
            _parts.Add((rows, answer));
            RowCount += rows.Shape[0];
            return answer.Task;
        }

        public void Score()
        {
            if (Interlocked.Exchange(ref _isScored, 1) != 0)
                return;
            try
            {
                var all = new float[_parts.Sum(part => part.Rows.Count)];
                var filled = 0;
                foreach (var (rows, _) in _parts)
                {
                    rows.Values.CopyTo(all.AsMemory(filled));
                    filled += rows.Count;
                }

                Share(model.Predict(ModelTensor.Of(all, [RowCount, .. _parts[0].Rows.Shape.Skip(1)])));
            }
            catch (Exception failure)
            {
                foreach (var (_, answer) in _parts)
                    answer.TrySetException(failure);
            }
        }

        private void Share(ModelData predictions)
        {
            var first = 0;
            foreach (var (rows, answer) in _parts)
            {
                // A model that does not give a row for each row cannot be shared out.
                var count = (int)rows.Shape[0];
                answer.TrySetResult(_parts.Count == 1 ? predictions
                    : predictions.All(output => output.Value.Shape.Count > 0 && output.Value.Shape[0] == RowCount) ? predictions.Rows([.. Enumerable.Range(first, count)])
                    : model.Predict(rows));
                first += count;
            }
        }
    }
}
