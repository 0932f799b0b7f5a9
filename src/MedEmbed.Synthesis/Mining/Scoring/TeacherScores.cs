namespace MedEmbed.Synthesis.Mining.Scoring;

/// <summary>What one teacher, or several together, score.</summary>
/// <remarks>Several: zᵢ = (sᵢ − mean) / deviation over a query's positive and candidates for each teacher (0 where all are equal), then Σ wᵗ zᵢᵗ / Σ wᵗ.</remarks>
internal sealed class TeacherScores(IReadOnlyList<(IPassageScorer Scorer, double Weight)> teachers)
{
    public float[] Score(int query, ReadOnlySpan<int> passages)
    {
        float[] scores = new float[passages.Length];
        if (teachers.Count == 1)
        {
            teachers[0].Scorer.Score(query, passages, scores);
            return scores;
        }

        double[] sums = new double[passages.Length];
        double weights = teachers.Sum(teacher => teacher.Weight);
        foreach ((IPassageScorer scorer, double weight) in teachers)
        {
            scorer.Score(query, passages, scores);
            AddStandardized(scores, weight / weights, sums);
        }

        return Array.ConvertAll(sums, sum => (float)sum);
    }

    private static void AddStandardized(ReadOnlySpan<float> scores, double weight, Span<double> sums)
    {
        double mean = 0, squares = 0;
        foreach (float score in scores)
            mean += score;
        mean /= scores.Length;
        foreach (float score in scores)
            squares += (score - mean) * (score - mean);
        double deviation = Math.Sqrt(squares / scores.Length);
        for (int i = 0; deviation > 0 && i < scores.Length; i++)
            sums[i] += weight * (scores[i] - mean) / deviation;
    }
}
