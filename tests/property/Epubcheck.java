import com.adobe.epubcheck.tool.EpubChecker;

/**
 * Gives each file named to epubcheck, in one virtual machine: most of its time is its start. Run as a
 * source file, with epubcheck.jar in the class path. Prints what epubcheck does, and for each file
 * "status FILE"; status 0 is no error and no warning.
 */
class Epubcheck {
	public static void main(String[] files) {
		for (String file : files) {
			int status = new EpubChecker().run(new String[] { "--quiet", "--failonwarnings", file });
			System.out.println(status + " " + file);
		}
	}
}
