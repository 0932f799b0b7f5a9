namespace MedEmbed.Training.Sampling;

/// <summary>Chooses the positive and the negatives that an example has in an epoch: a function of seed, source, epoch and example.</summary>
internal sealed class ExampleDraw(ExampleSet set, ulong seed, ulong sourceKey)
{
    /// <summary>Random tries for a negative that does not answer the query, before all passages are looked through.</summary>
    private const int Tries = 32;

    public DrawnExample Of(int example, long epoch)
    {
        ExampleRow row = set[example];
        SplitMix64 random = new(seed, sourceKey, (ulong)epoch, (ulong)example);
        int positive = row.Passages + random.Below(row.Positives);
        int wanted = set.Source.Negatives;
        if (wanted == 0)
            return new DrawnExample(example, positive, [], false);
        int own = row.Negatives + (set.Source.RankPositives ? row.Positives - 1 : 0);
        return own > 0
            ? new DrawnExample(example, positive, Own(row, positive, own, wanted, ref random), false)
            : new DrawnExample(example, positive, Others(row, wanted, ref random), true);
    }

    /// <summary>Without replacement; where there are too few, from as many copies of all as are enough, as FlagEmbedding does.</summary>
    private static int[] Own(ExampleRow row, int positive, int own, int wanted, ref SplitMix64 random)
    {
        int copies = (wanted + own - 1) / own;
        int[] pool = new int[own * copies];
        for (int i = 0; i < pool.Length; i++)
        {
            // Counted from the last passage, so that negatives come first and then the positives but the chosen one.
            int passage = row.Passages + row.Positives + row.Negatives - 1 - (i % own);
            pool[i] = i % own >= row.Negatives && passage <= positive ? passage - 1 : passage;
        }

        random.Choose(pool.AsSpan(), wanted);
        return pool[..wanted];
    }

    private int[] Others(ExampleRow row, int wanted, ref SplitMix64 random)
    {
        int[] chosen = new int[wanted];
        for (int i = 0; i < wanted; i++)
            chosen[i] = Other(row, ref random);
        return chosen;
    }

    private int Other(ExampleRow row, ref SplitMix64 random)
    {
        for (int i = 0; i < Tries; i++)
        {
            ExampleRow other = set[random.Below(set.Count)];
            int passage = other.Passages + random.Below(other.Positives);
            if (IsNegative(row, passage))
                return passage;
        }

        int start = random.Below(set.Count);
        for (int i = 0; i < set.Count; i++)
        {
            ExampleRow other = set[(start + i) % set.Count];
            for (int passage = other.Passages; passage < other.Passages + other.Positives; passage++)
            {
                if (IsNegative(row, passage))
                    return passage;
            }
        }

        throw set.Fault(row, "has no negative, and no other passage of the source can stand in, since all of them answer the query. Add negatives or other examples, or set the number of negatives to 0.");
    }

    private bool IsNegative(ExampleRow row, int passage) => !set.Known.Contains(set.HashOf(row.Query), set.HashOf(set.PassageText(passage)));
}
