namespace Tutorial.Helpers;

/// <summary>How a drawing is brought into the 28 × 28 pixels of an MNIST image.</summary>
public enum DigitFit
{
    /// <summary>As MNIST was made: scaled into 20 × 20, then moved so that the centre of its ink is in the middle.</summary>
    CentreOfMass,

    /// <summary>Scaled into 20 × 20, with the middle of its box in the middle: MNIST's scale without its last step.</summary>
    BoundingBox,

    /// <summary>The whole canvas made smaller, with the digit wherever it was drawn.</summary>
    WholeCanvas,
}
